import { underBase } from "../../base-path";
import { strings } from "../../ui/strings";
import { describeImage } from "../sanitise/image-source";

/** The one page of the app that may show images of other servers; see the server's content security policy. */
const frameAddress = underBase("/remote-image.html");

/** Puts a button in the place of each image that another server has, and the image in the place of a pressed button. */
export class RemoteImages {
  /** What the reader wanted to see; it stays when the text around it changes. */
  readonly #wanted = new Set<string>();

  mount(block: HTMLElement): void {
    for (const image of block.querySelectorAll<HTMLImageElement>("img:not([src])")) {
      const source = describeImage(image.dataset.src ?? "");
      if (source.kind !== "remote") {
        image.replaceWith(image.alt);
      } else if (this.#wanted.has(source.url)) {
        image.replaceWith(imageFrame(source.url, image.alt));
      } else {
        image.replaceWith(this.#button(source.url, source.host, image.alt));
      }
    }
  }

  #button(url: string, host: string, alt: string): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-image";
    button.textContent = strings.markdown.loadImage(host);
    if (alt !== "") button.title = alt;
    button.onclick = () => {
      this.#wanted.add(url);
      button.replaceWith(imageFrame(url, alt));
    };
    return button;
  }
}

function imageFrame(url: string, alt: string): HTMLElement {
  const frame = document.createElement("iframe");
  frame.className = "md-image-frame";
  frame.title = alt === "" ? strings.markdown.image : alt;
  // Runs no scripts; of one origin with the page, so that it can be filled and measured.
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.src = frameAddress;
  frame.onload = () => {
    const inside = frame.contentDocument;
    if (inside === null) return;
    const image = inside.createElement("img");
    image.referrerPolicy = "no-referrer";
    image.alt = alt;
    image.style.cssText = "display:block;width:100%;height:auto";
    image.onload = () => {
      frame.style.width = `${image.naturalWidth}px`;
      frame.style.aspectRatio = `${image.naturalWidth} / ${image.naturalHeight}`;
      frame.dataset.state = "loaded";
    };
    image.onerror = () => {
      frame.dataset.state = "failed";
      inside.body.textContent = strings.markdown.imageFailed;
    };
    inside.body.style.cssText = "margin:0;font:0.875rem system-ui";
    image.src = url;
    inside.body.replaceChildren(image);
  };
  return frame;
}

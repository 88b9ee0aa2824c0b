import { useLocation } from "wouter";
import { createDocument } from "../api/create-document";
import { strings } from "../ui/strings";
import { useAction } from "../ui/useAction";
import { titleLengthMax } from "./title-limit";

interface Content {
  /** Of what it is a copy; may be empty. */
  readonly title: string;
  readonly text: string;
}

/** Makes a document of a text, and opens it. @param nameOf the new title, of the old one */
export function useCreateWithText<Copy extends Content>(
  nameOf: (title: string) => string,
  onCreated: (copy: Copy) => Promise<void> = async () => {},
) {
  const [, navigate] = useLocation();
  return useAction<Copy>(async (copy) => {
    const { id } = await createDocument({ title: shorten(copy.title, nameOf), text: copy.text });
    await onCreated(copy);
    navigate(`/d/${id}`);
  });
}

function shorten(title: string, nameOf: (title: string) => string): string {
  const room = titleLengthMax - nameOf("").length;
  return nameOf((title || strings.untitled).slice(0, room));
}

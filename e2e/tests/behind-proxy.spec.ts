import { ReverseProxy } from "../../apps/server/test/harness/reverse-proxy";
import { Editor } from "../support/editor";
import { installed } from "../support/installed";
import { keptOnDevice } from "../support/kept-on-device";
import { test as base, expect, installing } from "../support/test";

/** Behind nginx, with TLS, under a path: as `deploy/nginx/sub-path.conf` has it. */
const test = base.extend<{ readonly reverseProxy: ReverseProxy }>({
  serverEnv: { SCRIPTORIUM_BASE_URL: "https://example.org/write/", SCRIPTORIUM_TRUSTED_PROXIES: "1" },

  reverseProxy: async ({ server }, use) => {
    const target = `127.0.0.1:${server.process.port}`;
    const proxy = await ReverseProxy.startNginx({ configuration: "nginx/sub-path.conf", target });
    await use(proxy);
    await proxy.stop();
  },

  entrance: ({ reverseProxy }, use) =>
    use({ port: () => reverseProxy.port, address: ({ port }) => `https://127.0.0.1:${port}/write/` }),
});

test.use({
  // Nobody but itself has signed the proxy's certificate, and service workers are not for pages of such a one.
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), "--ignore-certificate-errors"] }),
});

test("under a path, two people write together, reload, and go on without a network", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace", installing)]);
  const outside: string[] = [];
  for (const { page } of [ada, grace]) {
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.startsWith("/write/")) outside.push(request.url());
    });
  }
  const adas = await Editor.create(ada.page);
  expect(new URL(ada.page.url()).pathname).toBe(`/write/d/${adas.documentId}`);
  await adas.type("Together. ");
  const graces = await Editor.join(grace.page, adas);
  await expect(graces.text).toHaveText("Together. ");
  await graces.type("Here, too. ");
  await expect(adas.text).toHaveText("Together. Here, too. ");
  await adas.expectStatus("Saved");
  await ada.page.reload();
  await expect(adas.text).toHaveText("Together. Here, too. ");

  await installed(grace.page);
  const scope = await grace.page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(new URL(scope).pathname).toBe("/write/");
  grace.network.cut();
  await graces.expectStatus("Offline");
  await graces.type("On the train.");
  await keptOnDevice(grace.page);
  await grace.page.reload();
  await expect(graces.text).toHaveText("Together. Here, too. On the train.");
  await graces.expectStatus("Offline: 13 edits only on this device");
  grace.network.restore();
  await graces.expectStatus("Saved");
  await expect(adas.text).toHaveText("Together. Here, too. On the train.");
  expect(await server.process.text(adas.documentId)).toBe("Together. Here, too. On the train.");

  // To the other pages, by links and by address.
  await ada.page.getByRole("link", { name: "Back to documents" }).click();
  await expect(ada.page).toHaveURL(/\/write\/$/);
  await ada.page.getByRole("link", { name: "What is in an ID?" }).click();
  await expect(ada.page).toHaveURL(/\/write\/ids$/);
  await ada.page.reload();
  await expect(ada.page.getByRole("textbox", { name: "An ID" })).toBeVisible();
  await ada.page.goto("nowhere");
  await expect(ada.page.getByRole("heading", { name: "There is no page here" })).toBeVisible();
  await ada.page.goto("status");
  await expect(ada.page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(outside).toEqual([]);
});

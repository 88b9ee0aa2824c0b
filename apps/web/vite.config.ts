import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { packageScriptName, packageScripts } from "./package-scripts.ts";
import { pageChunks, textPackages } from "./page-chunks.ts";

/** Grammars of languages: there are 150 of them, and a person needs few; but for Markdown, which every text begins as. */
const grammar =
  /\/node_modules\/(@codemirror\/(lang-(?!markdown\/)|legacy-modes)|@lezer\/(?!markdown\/)|codemirror-lang-)/;

/** What draws diagrams: many times the size of the rest, and needed by few. */
const diagrams =
  /\/node_modules\/(mermaid|@mermaid-js|@braintree|@iconify|@upsetjs|chevrotain|@chevrotain|cytoscape|d3|dagre|dayjs|delaunator|elkjs|es-toolkit|internmap|khroma|langium|layout-base|cose-base|lodash|marked|robust-predicates|roughjs|points-on|path-data|hachure|stylis|ts-dedent|vscode)/;

/** Chunks that the service worker keeps only once they were needed have folders of their own. */
function chunkFileName(name: string, modules: readonly string[]): string {
  if ([...pageScripts, "text"].includes(name)) return packageScriptName;
  const consistsOf = (kind: RegExp) =>
    modules.length > 0 && modules.every((id) => kind.test(id.slice(id.lastIndexOf("/node_modules/"))));
  if (consistsOf(grammar)) return "assets/languages/[name]-[hash].js";
  return consistsOf(diagrams) ? "assets/diagrams/[name]-[hash].js" : "assets/[name]-[hash].js";
}

/** What every page begins with, of packages, in the order in which one needs the other. */
const pageScripts = ["rolldown-runtime", "framework"];

/** What the pages begin with, in few chunks. */
const firstChunks = [
  // Before anything else: what asks for the first page and its words.
  {
    name: "first",
    test: /preload-helper|\/src\/load-files\.|\/src\/base-path\.|\/can-store-locally\.|\/later-module\.|\/languages\/first-language\.|\/routes\/import-|\/interface-language\/(load-catalogue|page-language|interface-language)\./,
  },
  { name: "framework", test: /\/node_modules\/(react|react-dom|scheduler|wouter|regexparam|zod)\// },
  { name: "text", test: textPackages },
  { name: pageChunks(), debugName: "pages" },
];

const server = "http://127.0.0.1:8080";

/** The package marks the calls that bind its keys as pure, so that a bundler leaves out what it is for. */
const keepEmacsKeys = {
  name: "keep-emacs-keys",
  transform: {
    filter: { id: /\/@replit\/codemirror-emacs\// },
    handler: (code: string) => code.replaceAll("/*@__PURE__*/EmacsHandler", "EmacsHandler"),
  },
};

/** yjs warns by lib0's logging, which for browsers brings along how to draw in the console, and schemas for that. */
const plainLogging: Plugin = {
  name: "plain-logging",
  enforce: "pre",
  resolveId: {
    filter: { id: /^lib0\/logging$/ },
    async handler(_source, importer) {
      const logging = await this.resolve("lib0/logging.js", importer);
      return logging && { ...logging, id: logging.id.replace(/logging\.js$/, "logging.node.js") };
    },
  },
};

/**
 * Packages that make errors in stock, to throw the same one always, would have the browser read all of their file once
 * more as they are loaded, to tell where. What nobody looks at they do without.
 */
const errorsWithoutPlace: Plugin = {
  name: "errors-without-place",
  apply: "build",
  transform: {
    filter: { id: /\/(lib0\/decoding|react-dom-client\.production)\.js$/ },
    handler(code, id) {
      const without = code.replaceAll(
        /(?<=Exception = |const error\w+ = )(?:Error|error\.create)\((formatProdErrorMessage\(\d+\)|'[^']+')\)/g,
        "Object.create(Error.prototype, { message: { value: $1 } })",
      );
      if (without === code) throw new Error(`${id} makes no errors in stock any more`);
      return without;
    },
  },
};

/** The router brings what React had to be extended with before version 18. */
const storesOfReact: Plugin = {
  name: "stores-of-react",
  apply: "build",
  load: {
    filter: { id: /\/wouter\/src\/use-sync-external-store\.js$/ },
    handler: () => 'export { useSyncExternalStore } from "react";',
  },
};

/** The editor draws carets itself, and never hands y-codemirror.next the awareness that would have it draw some. */
const noSecondCarets: Plugin = {
  name: "no-second-carets",
  load: {
    filter: { id: /\/y-codemirror\.next\/src\/y-remote-selections\.js$/ },
    handler: () => "export const yRemoteSelections = [], yRemoteSelectionsTheme = [];",
  },
};

/** What every page begins with is asked for by the document, before the code that would ask for it has run. */
const preloadFirstChunks: Plugin = {
  name: "preload-first-chunks",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {} }): HtmlTagDescriptor[] {
      const addressOf = (name: string) => {
        const chunk = Object.values(bundle).find((file) => file.type === "chunk" && file.name === name);
        if (chunk === undefined) throw new Error(`There is no chunk "${name}"`);
        return `./${chunk.fileName}`;
      };
      return [
        // For start.js, which stands behind it.
        { tag: "meta", attrs: { "data-document": addressOf("text") }, injectTo: "head-prepend" },
        // Modules run behind what stands before them.
        ...pageScripts.map((name) => ({
          tag: "script",
          attrs: { defer: true, src: addressOf(name) },
          injectTo: "head-prepend" as const,
        })),
        ...["common", "main"].map((name) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: addressOf(name) },
          injectTo: "head" as const,
        })),
      ];
    },
  },
};

export default defineConfig(({ command }) => ({
  // What is built may be served under any path: files find one another by their own addresses.
  base: command === "build" ? "./" : "/",
  plugins: [
    packageScripts,
    keepEmacsKeys,
    plainLogging,
    errorsWithoutPlace,
    storesOfReact,
    noSecondCarets,
    preloadFirstChunks,
    react(),
    tailwindcss(),
    VitePWA({
      registerType: "autoUpdate",
      // The page registers the worker itself (src/register-service-worker.ts): no inline script.
      injectRegister: false,
      manifest: false,
      workbox: {
        // Of the fonts only the Latin cuts; the others are kept once a text has needed them.
        globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}", "assets/*-latin-wght-normal-*.woff2"],
        // Kept once a document has needed them.
        globIgnores: ["assets/languages/**", "assets/diagrams/**"],
        navigateFallback: "index.html",
        navigateFallbackDenylist: [
          /\/api\/v\d/,
          /\/ws\/[^/]+$/,
          /\/(metrics|healthz|readyz)$/,
          /\/debug\//,
          /\.txt$/,
        ],
        runtimeCaching: [
          {
            urlPattern: /\/assets\/languages\//,
            handler: "CacheFirst",
            options: { cacheName: "languages", expiration: { maxEntries: 100 } },
          },
          {
            urlPattern: /\/assets\/.*\.woff2$/,
            handler: "CacheFirst",
            options: { cacheName: "fonts", expiration: { maxEntries: 50 } },
          },
          // Kept once a text has had a diagram.
          {
            urlPattern: /\/assets\/diagrams\/.*\.js$/,
            handler: "CacheFirst",
            options: { cacheName: "diagrams", expiration: { maxEntries: 100 } },
          },
        ],
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  build: {
    // Inlined assets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    // What their licences ask for of whoever passes the packages on.
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name, moduleIds }) => chunkFileName(name, moduleIds),
        codeSplitting: { groups: firstChunks },
      },
    },
    // The first year in which all browsers know light-dark().
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
  },
  optimizeDeps: { exclude: ["@replit/codemirror-emacs"] },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": server,
      "/ws": { target: server, ws: true },
    },
  },
}));

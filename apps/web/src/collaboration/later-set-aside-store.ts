import type { SetAsideStore } from "./set-aside-copies";

/** The store of this device, whose code is loaded when it is asked for the first time. */
export function setAsideStore(): SetAsideStore {
  const loaded = () => import("./set-aside-store");
  return {
    list: async (documentId) => (await loaded()).list(documentId),
    put: async (copy) => (await loaded()).put(copy),
    remove: async (id) => (await loaded()).remove(id),
  };
}

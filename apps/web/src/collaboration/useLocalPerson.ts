import { useState, useSyncExternalStore } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { LocalPerson } from "./local-person";
import type { Person } from "./person";

/** Who sits here, and how to rename them. */
export function useLocalPerson(): readonly [Person, (name: string) => void] {
  const store = useDeviceStore();
  const [local] = useState(() => new LocalPerson(store));
  const person = useSyncExternalStore(local.subscribe, local.get);
  return [person, (name) => local.rename(name)];
}

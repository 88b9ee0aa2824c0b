import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "./theme";

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeIcon({ theme }: { readonly theme: Theme }) {
  const Icon = icons[theme];
  return <Icon aria-hidden size={16} strokeWidth={1.75} />;
}

import { useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { keepInsightsShown, readInsightsShown } from "./insights-shown";

/** As wide as the text and the figures need beside each other. */
const sideBySide = "(min-width: 64rem)";

interface InsightsShown {
  readonly shown: boolean;
  /** Whether somebody has asked for them on this page: only then may they take the focus. */
  readonly asked: boolean;
  readonly show: (shown: boolean) => void;
}

/** Whether the figures of the document are shown: remembered on the device, where they do not cover the text. */
export function useInsightsShown(): InsightsShown {
  const store = useDeviceStore();
  const [shown, setShown] = useState(() => readInsightsShown(store) && window.matchMedia(sideBySide).matches);
  const [asked, setAsked] = useState(false);
  const show = (next: boolean) => {
    keepInsightsShown(store, next);
    setShown(next);
    setAsked(true);
  };
  return { shown, asked, show };
}

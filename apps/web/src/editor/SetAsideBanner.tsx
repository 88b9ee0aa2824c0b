import { useState } from "react";
import type { SetAsideCopies, SetAsideCopy } from "../collaboration/set-aside-copies";
import { useSetAsideCopies } from "../collaboration/useSetAsideCopies";
import { Banner } from "../ui/Banner";
import { Button } from "../ui/Button";
import { downloadText } from "../ui/download-text";
import { strings } from "../ui/strings";
import { useCreateFromCopy } from "./useCreateFromCopy";

interface SetAsideBannerProps {
  readonly copies: SetAsideCopies;
  /** Called when the banner has gone by the person's doing, and the focus with it. */
  readonly onDone: () => void;
}

/** Offers what this device had of a document before it was restored to an earlier moment. */
export default function SetAsideBanner({ copies, onDone }: SetAsideBannerProps) {
  const [copy] = useSetAsideCopies(copies);
  const [discarded, setDiscarded] = useState<SetAsideCopy>();
  const creation = useCreateFromCopy(copies);
  const { name } = strings.setAside;
  if (discarded !== undefined) {
    return (
      <Banner role="status" name={name} text={strings.setAside.discarded}>
        {/* Takes the focus from the button that has gone; a key of its own, or it would be another button's element. */}
        <Button
          key="undo"
          autoFocus
          onClick={() => {
            void copies.add(discarded);
            setDiscarded(undefined);
            onDone();
          }}
        >
          {strings.setAside.undo}
        </Button>
        <Button
          key="close"
          onClick={() => {
            setDiscarded(undefined);
            onDone();
          }}
        >
          {strings.setAside.close}
        </Button>
      </Banner>
    );
  }
  if (copy === undefined) return null;
  const text =
    creation.error === undefined
      ? strings.setAside.text
      : strings.setAside.createError(creation.error.message);
  return (
    <Banner role="status" name={name} text={text}>
      <Button disabled={creation.isPending} onClick={() => creation.run(copy)}>
        {strings.setAside.create}
      </Button>
      <Button onClick={() => downloadText(copy.text, strings.setAside.title(copy.title || strings.untitled))}>
        {strings.setAside.download}
      </Button>
      <Button
        onClick={() => {
          void copies.remove(copy.id);
          setDiscarded(copy);
        }}
      >
        {strings.setAside.discard}
      </Button>
    </Banner>
  );
}

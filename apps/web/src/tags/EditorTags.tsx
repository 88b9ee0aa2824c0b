import { useState } from "react";
import { Queries } from "../api/queries";
import { DoneToast } from "../documents/DoneToast";
import type { DoneNotice } from "../documents/useRowActions";
import TagsDialog, { type TagsDialogProps } from "./TagsDialog";

interface EditorTagsProps extends Omit<TagsDialogProps, "onDone"> {
  readonly isOpen: boolean;
}

/** The tags of the document that is open. Stays when it was closed, to say what came of it. */
export default function EditorTags({ isOpen, ...dialog }: EditorTagsProps) {
  const [notice, setNotice] = useState<DoneNotice>();
  return (
    <Queries>
      {isOpen && <TagsDialog {...dialog} onDone={setNotice} />}
      <DoneToast notice={notice} onDismiss={() => setNotice(undefined)} />
    </Queries>
  );
}

import { useCallback, useRef } from "react";

type Jump = (id: string) => void;

/** Shows a heading in the preview: at once, or as soon as there is one. Both functions are stable. */
export function useJump() {
  const jumper = useRef<Jump>(undefined);
  const wanted = useRef<string>(undefined);
  const onJumper = useCallback((jump: Jump | undefined) => {
    jumper.current = jump;
    if (jump === undefined || wanted.current === undefined) return;
    jump(wanted.current);
    wanted.current = undefined;
  }, []);
  const jump = useCallback((id: string) => {
    if (jumper.current === undefined) wanted.current = id;
    else jumper.current(id);
  }, []);
  return { jump, onJumper };
}

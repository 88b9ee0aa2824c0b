import { useState } from "react";

interface Progress {
  readonly isPending: boolean;
  /** What the last attempt failed with. */
  readonly error: Error | undefined;
}

export interface Action<Argument> extends Progress {
  /** Resolves to whether it was done. */
  readonly run: (argument: Argument) => Promise<boolean>;
}

/** Something that a person sets off: whether it is under way, and what became of it. */
export function useAction<Argument>(act: (argument: Argument) => Promise<void>): Action<Argument> {
  const [progress, setProgress] = useState<Progress>({ isPending: false, error: undefined });
  const run = async (argument: Argument) => {
    setProgress({ isPending: true, error: undefined });
    try {
      await act(argument);
      setProgress({ isPending: false, error: undefined });
      return true;
    } catch (error) {
      setProgress({ isPending: false, error: error instanceof Error ? error : new Error(String(error)) });
      return false;
    }
  };
  return { ...progress, run };
}

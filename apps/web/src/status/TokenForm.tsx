import { useId, useState } from "react";
import { Button } from "../ui/Button";
import { words } from "./words";

interface TokenFormProps {
  /** Whether the server has refused the last one. */
  readonly wasWrong: boolean;
  readonly onToken: (token: string) => void;
}

/** Asks for the operator's token. */
export function TokenForm({ wasWrong, onToken }: TokenFormProps) {
  const id = useId();
  const fault = useId();
  const [typed, setTyped] = useState("");
  const { heading, text, field, open, wrong } = words.token;
  return (
    <form
      aria-label={heading}
      className="flex max-w-md flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== "") onToken(typed.trim());
      }}
    >
      <h2 className="font-semibold text-lg">{heading}</h2>
      <p className="text-ink-soft text-pretty">{text}</p>
      <label htmlFor={id} className="text-ink-soft text-sm">
        {field}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          dir="ltr"
          type="password"
          value={typed}
          maxLength={500}
          autoComplete="current-password"
          aria-invalid={wasWrong}
          aria-describedby={wasWrong ? fault : undefined}
          onChange={(event) => setTyped(event.target.value)}
          className="h-9 w-full rounded-control border border-line-strong bg-raised px-3 font-mono text-base pointer-coarse:h-11"
        />
        <Button type="submit">{open}</Button>
      </div>
      {wasWrong && (
        <p id={fault} role="alert" className="text-sm text-warn">
          {wrong}
        </p>
      )}
    </form>
  );
}

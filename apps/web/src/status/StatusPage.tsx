import { Button } from "../ui/Button";
import { PlainPage } from "../ui/PlainPage";
import { StatusBody } from "./StatusBody";
import { TokenForm } from "./TokenForm";
import { useOperatorToken } from "./useOperatorToken";
import { useStatus } from "./useStatus";
import { words } from "./words";

/** How the server is and what it does, for whoever runs it. */
export function StatusPage() {
  const [token, setToken] = useOperatorToken();
  const { status, problem } = useStatus(token);
  const asksForToken = problem === "token";
  return (
    <PlainPage heading={words.heading} intro={words.intro} width="max-w-6xl" gap="gap-10">
      {asksForToken && <TokenForm wasWrong={token !== undefined} onToken={setToken} />}
      {!asksForToken && status === undefined && (
        <p role="status" className="text-ink-soft">
          {words.loading}
        </p>
      )}
      {!asksForToken && status !== undefined && (
        <StatusBody status={status} isStale={problem === "unreachable"} />
      )}
      {token !== undefined && !asksForToken && (
        <Button className="self-start" onClick={() => setToken(undefined)}>
          {words.token.forget}
        </Button>
      )}
    </PlainPage>
  );
}

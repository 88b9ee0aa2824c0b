import { Button } from "../ui/Button";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { usePageTitle } from "../ui/usePageTitle";
import { Wordmark } from "../ui/Wordmark";
import { StatusBody } from "./StatusBody";
import { TokenForm } from "./TokenForm";
import { useOperatorToken } from "./useOperatorToken";
import { useStatus } from "./useStatus";
import { words } from "./words";

/** How the server is and what it does, for whoever runs it. */
export function StatusPage() {
  usePageTitle(words.heading);
  const [token, setToken] = useOperatorToken();
  const { status, problem } = useStatus(token);
  const asksForToken = problem === "token";
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5 pb-20 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Wordmark />
        <ThemeSwitch />
      </header>
      <main className="flex flex-col gap-10 pt-6 sm:pt-10">
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-2xl leading-9 tracking-tight">{words.heading}</h1>
          <p className="max-w-[60ch] text-ink-soft text-pretty">{words.intro}</p>
        </div>
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
      </main>
    </div>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getStatus, type ServerStatus } from "../api/get-status";
import { WebError } from "../api/web-error";

const everyMs = 2000;

export interface StatusState {
  /** The last that the server has told. */
  readonly status: ServerStatus | undefined;
  /** What was wrong when it was asked last. */
  readonly problem: "token" | "unreachable" | undefined;
}

/** How the server is, asked for again and again while the page is in sight. */
export function useStatus(token: string | undefined): StatusState {
  const { data, error } = useQuery({
    queryKey: ["status", token],
    queryFn: ({ signal }) => getStatus(token, signal),
    placeholderData: keepPreviousData,
    // The field for the token asks by itself.
    refetchInterval: ({ state }) => (isTokenProblem(state.error) ? false : everyMs),
    gcTime: 0,
  });
  const problem = error === null ? undefined : isTokenProblem(error) ? "token" : "unreachable";
  return { status: data, problem };
}

function isTokenProblem(error: unknown): boolean {
  return error instanceof WebError && error.code === "NO_TOKEN";
}

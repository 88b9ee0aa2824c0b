import type * as z from "zod/mini";
import { underBase } from "../base-path";
import { strings } from "../ui/strings";
import { problemSchema } from "./problem";
import { WebError } from "./web-error";

interface RequestOptions {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The operator's. */
  readonly token?: string | undefined;
}

/**
 * Asks the API at `/api/v1` and validates the answer.
 *
 * @throws {WebError} UNREACHABLE: no answer. NOT_FOUND: status 404. NO_TOKEN: status 401. REFUSED: any other
 *   status of failure. INVALID_RESPONSE: an answer of another shape than `schema`.
 */
export async function request<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  { method = "GET", body, signal, token }: RequestOptions = {},
): Promise<z.infer<Schema>> {
  const response = await reach(underBase(`/api/v1${path}`), {
    method,
    headers: {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const json = await readJson(response);
  if (!response.ok) throw refusal(response.status, json);
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new WebError("INVALID_RESPONSE", strings.errors.invalidResponse, { cause: parsed.error });
  }
  return parsed.data;
}

/**
 * Asks the API at `/api/v1` for plain text.
 *
 * @throws {WebError} UNREACHABLE, NOT_FOUND, REFUSED, like {@link request}
 */
export async function requestText(path: string): Promise<string> {
  const response = await reach(underBase(`/api/v1${path}`), {
    method: "GET",
    headers: { accept: "text/plain" },
  });
  if (!response.ok) throw refusal(response.status, await readJson(response));
  return response.text();
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new WebError("UNREACHABLE", strings.errors.unreachable, { cause });
  }
}

/** Undefined for a body that is no JSON, as a proxy in between may send. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** The server speaks English: what it has a word for, or its status alone tells, is said in the language of the page. */
function explain(status: number, json: unknown): string {
  const { code, detail, title, fields = [] } = problemSchema.safeParse(json).data ?? {};
  const codes: Readonly<Record<string, string>> = strings.errors.codes;
  const statuses: Readonly<Record<number, string>> = strings.errors.statuses;
  const known = (code === undefined ? undefined : codes[code]) ?? statuses[status];
  if (known === undefined) return detail ?? title ?? strings.errors.refused(status);
  const named = new Set(fields.map(nameOfField).filter((name) => name !== undefined));
  return named.size === 0 ? known : strings.errors.inFields(known, [...named].join(", "));
}

/** @param path like `tags.3` */
function nameOfField(path: string): string | undefined {
  const names: Readonly<Record<string, string>> = strings.errors.fields;
  return names[path.split(".", 1)[0] ?? ""];
}

function refusal(status: number, json: unknown): WebError {
  if (status === 404) return new WebError("NOT_FOUND", strings.errors.notFound);
  if (status === 401) return new WebError("NO_TOKEN", explain(status, json));
  // What a proxy answers when the server behind it is down.
  if (status === 502 || status === 503 || status === 504) {
    return new WebError("UNREACHABLE", strings.errors.unreachable);
  }
  return new WebError("REFUSED", explain(status, json));
}

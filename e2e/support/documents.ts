import type { Page } from "@playwright/test";

export interface NewDocument {
  readonly title?: string;
  readonly text?: string;
  readonly language?: string;
}

/** Makes a document on the person's server, as a program does. Resolves with its id. */
export async function createDocument(page: Page, data: NewDocument): Promise<string> {
  const response = await page.request.post("/api/v1/documents", { data });
  if (response.status() !== 201)
    throw new Error(`the server made no document: ${response.status()} ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  return id;
}

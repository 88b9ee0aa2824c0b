/**
 * Well-known ways to make a page run what a text says, ask another server, or cover the page. Each sets
 * `window.__ran`, opens a dialog or asks foreign.invalid if it gets through.
 */
export declare const xssCorpus: readonly string[];

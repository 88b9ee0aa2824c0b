/** Why a file does not become a document. The message says it to an operator; everything else is imported. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

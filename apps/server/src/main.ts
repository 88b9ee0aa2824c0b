import { explainStartFailure } from "./explain-start-failure";
import { serve } from "./serve";

/** The process of `npm start`. */
try {
  await serve(process.env);
  process.exit(0);
} catch (error) {
  console.error(explainStartFailure(error, undefined) ?? error);
  process.exit(1);
}

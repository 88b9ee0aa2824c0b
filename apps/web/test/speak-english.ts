import { speak } from "../src/ui/strings";
import { catalogue } from "../src/ui/strings/en";

// As the page does before it shows anything.
speak(catalogue);

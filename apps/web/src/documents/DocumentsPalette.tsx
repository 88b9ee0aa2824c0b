import { useLocation } from "wouter";
import CommandPalette from "../commands/CommandPalette";
import { pageCommands } from "../commands/page-commands";
import { strings } from "../ui/strings";
import { nextTheme } from "../ui/theme";
import { useTheme } from "../ui/useTheme";
import { useCreateDocument } from "./useCreateDocument";

interface DocumentsPaletteProps {
  readonly onInterfaceLanguage: () => void;
  /** Told in words of what could not be done. */
  readonly onProblem: (words: string) => void;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** The palette of the documents page: what needs no text, and every document. */
export default function DocumentsPalette(props: DocumentsPaletteProps) {
  const { onInterfaceLanguage, onProblem, ...dialog } = props;
  const [, navigate] = useLocation();
  const creation = useCreateDocument();
  const [theme, chooseTheme] = useTheme();
  const actions = {
    newDocument: async () => {
      if (!(await creation.run(undefined))) onProblem(strings.documents.createError);
    },
    theme: () => chooseTheme(nextTheme(theme)),
    interfaceLanguage: onInterfaceLanguage,
  };
  const isHere = (id: string): id is keyof typeof actions => Object.hasOwn(actions, id);
  const commands = pageCommands((id) => isHere(id) && void actions[id]()).filter(({ id }) => isHere(id));
  return <CommandPalette commands={commands} onOpen={(id) => navigate(`/d/${id}`)} {...dialog} />;
}

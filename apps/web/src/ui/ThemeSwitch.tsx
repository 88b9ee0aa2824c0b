import { strings } from "./strings";
import { ThemeIcon } from "./ThemeIcon";
import { themes } from "./theme";
import { useTheme } from "./useTheme";

/** Three radio buttons drawn as icons. */
export function ThemeSwitch() {
  const [theme, choose] = useTheme();
  return (
    <fieldset className="flex rounded-full border border-line p-0.5">
      <legend className="sr-only">{strings.theme.label}</legend>
      {themes.map((option) => (
        <label
          key={option}
          title={strings.theme[option]}
          className="relative grid size-8 cursor-pointer place-items-center rounded-full text-ink-faint hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ink pointer-coarse:size-10"
        >
          <input
            type="radio"
            name="theme"
            value={option}
            checked={theme === option}
            onChange={() => choose(option)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-full outline-none"
            aria-label={strings.theme[option]}
          />
          <ThemeIcon theme={option} />
        </label>
      ))}
    </fieldset>
  );
}

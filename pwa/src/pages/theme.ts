import * as cards from "../cards";

const sheet = new CSSStyleSheet();
const rules = (colours: Record<string, string>) =>
  Object.entries(colours)
    .map(([name, colour]) => `${name.replace("sk", "own")}:${colour}`)
    .join(";");

/** The gemeente's own colours, under names of their own; theme.css says where each of them goes. */
export function showTheme() {
  const { light, dark } = cards.gemeente()?.theme ?? {};
  document.documentElement.toggleAttribute("data-theme", !!light);
  if (!light || !dark) return;
  const night = rules(dark);
  sheet.replaceSync(
    `:root{${rules(light)}}@media screen{:root[data-mode=dark]{${night}}` +
      `@media (prefers-color-scheme:dark){:root:not([data-mode=light]){${night}}}}`,
  );
  document.adoptedStyleSheets = [sheet];
}

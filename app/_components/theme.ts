export const themes = ["system", "dark", "light"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "overread.theme";

/** The chosen theme; anything unknown follows the system. */
export function themeOf(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** Runs before the first paint where the system decides: dark unless the system asks for light. */
export const themeScript =
  'if(matchMedia("(prefers-color-scheme: light)").matches)document.documentElement.dataset.theme="light"';

/** Puts a theme in force on this page; `rememberTheme` keeps it for the next one. */
export function showTheme(theme: Theme): void {
  const light = window.matchMedia("(prefers-color-scheme: light)").matches;
  document.documentElement.dataset.theme = theme === "system" ? (light ? "light" : "dark") : theme;
}

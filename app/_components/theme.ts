const themes = ["system", "dark", "light"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "overread.theme";

/** The chosen theme; without a choice it is dark: nothing on the screen outshines a film. */
export function themeOf(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "dark";
}

/** Runs before the first paint where the system decides: the page comes dark, light if the system says so. */
export const themeScript =
  'if(matchMedia("(prefers-color-scheme: light)").matches)document.documentElement.dataset.theme="light"';

/** Puts a theme in force on this page; `rememberTheme` keeps it for the next one. */
export function showTheme(theme: Theme): void {
  const light = window.matchMedia("(prefers-color-scheme: light)").matches;
  document.documentElement.dataset.theme = theme === "system" ? (light ? "light" : "dark") : theme;
}

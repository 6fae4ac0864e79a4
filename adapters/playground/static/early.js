// Before the first paint: the chosen theme, so that a dark page never flashes white.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's own theme is fine.
}

import { signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'kesher:theme';

export const theme = signal<Theme>('auto');

export function loadTheme(): void {
  const stored = localStorage.getItem(KEY);
  show(stored === 'light' || stored === 'dark' ? stored : 'auto');
}

export function setTheme(chosen: Theme): void {
  localStorage.setItem(KEY, chosen);
  show(chosen);
}

function show(chosen: Theme): void {
  theme.value = chosen;
  if (chosen === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

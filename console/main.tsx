import './ui/tokens.css';
import './ui/global.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { Http } from './http.ts';
import { SessionState } from './session-state.ts';
import { loadShortcuts } from './shell/shortcuts.ts';
import { loadLanguage } from './texts/texts.ts';
import { startScreenClock } from './ui/screen-clock.ts';
import { loadTheme } from './ui/theme.ts';

/** Tells the other tabs who is signed in at this browser. */
const AGENT_KEY = 'kesher:agent';

const hasWords = loadLanguage();
loadTheme();
loadShortcuts();
startScreenClock();

const http = new Http({ serverUrl: '', onSignedOut: () => session.end() });
const session = new SessionState(http);

effect(() => {
  const agent = session.agent.value;
  if (agent) localStorage.setItem(AGENT_KEY, agent.id);
});
window.addEventListener('storage', ({ key, newValue }) => {
  if (key === AGENT_KEY && newValue !== session.agent.value?.id) void session.check();
});

void session.check();
void hasWords.then(() => render(<App http={http} session={session} />, document.getElementById('app') as HTMLElement));

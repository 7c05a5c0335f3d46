import css from './invitation.css?inline';

interface CardParts {
  host: HTMLElement;
  text: string;
  dismissLabel: string;
  isDark: boolean;
  onAccept: () => void;
  onDismiss: () => void;
}

/** The bubble beside the launcher. It takes no focus, and is told once, politely; the returned function takes it away. */
export function showCard({ host, text, dismissLabel, isDark, onAccept, onDismiss }: CardParts): () => void {
  const root = host.shadowRoot as ShadowRoot;
  const launcher = root.querySelector('button') as HTMLButtonElement;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);

  const card = document.createElement('div');
  card.className = isDark ? 'invitation night' : 'invitation';
  // A live region is heard when something comes into it, so it is there first.
  const said = document.createElement('div');
  said.role = 'status';
  const words = button('words', text, () => leave(onAccept));
  words.dir = 'auto';
  const cross = button('cross', '', () => leave(onDismiss));
  cross.ariaLabel = dismissLabel;
  card.append(said, cross);
  // After it: the application, which may come meanwhile, takes the first button for the launcher.
  launcher.after(card);
  const timer = setTimeout(() => said.append(words), 50);

  const leave = (then: () => void) => {
    const hasFocus = card.contains(root.activeElement);
    remove();
    if (hasFocus) launcher.focus();
    then();
  };
  const onKeyDown = ({ key, isComposing }: KeyboardEvent) => {
    if (key === 'Escape' && !isComposing) leave(onDismiss);
  };
  // The page may keep its keys to itself on the way up.
  addEventListener('keydown', onKeyDown, true);
  const onLauncher = () => leave(onAccept);
  launcher.addEventListener('click', onLauncher);
  const remove = () => {
    clearTimeout(timer);
    removeEventListener('keydown', onKeyDown, true);
    launcher.removeEventListener('click', onLauncher);
    card.remove();
  };
  return remove;
}

function button(name: string, text: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.className = name;
  element.textContent = text;
  element.onclick = onClick;
  return element;
}

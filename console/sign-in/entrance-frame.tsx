import type { ComponentChildren } from 'preact';
import { language, setLanguage } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { KesherMark } from '../ui/kesher-mark.tsx';
import styles from './entrance-frame.module.css';

/** What the two doors, signing in and setting up, look like from outside. */
export function EntranceFrame({ title, text, children }: { title: string; text: string; children: ComponentChildren }) {
  const isHebrew = language.value === 'he';
  return (
    <main class={styles.page}>
      <div class={styles.card}>
        <header class={styles.header}>
          <span class={styles.mark}>
            <KesherMark />
          </span>
          <h1 class={styles.title}>{title}</h1>
          <p class={styles.text}>{text}</p>
        </header>
        {children}
      </div>
      <Button look="quiet" icon="globe" lang={isHebrew ? 'en' : 'he'} onClick={() => setLanguage(isHebrew ? 'en' : 'he')}>
        {isHebrew ? 'English' : 'עברית'}
      </Button>
    </main>
  );
}

import { useEffect, useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { Http } from '../http.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { OneLine } from '../ui/one-line.tsx';
import styles from './contact-field.module.css';
import { contactName } from './contact-name.ts';

export interface FoundContact {
  id: string;
  name: string | null;
}

/** A search begins when the typing pauses. */
const PAUSE_MS = 200;
const FOUND_MAX = 5;

interface ContactFieldProps {
  http: Http;
  chosen: FoundContact | null;
  onChoose: (contact: FoundContact | null) => void;
  words: ContactFieldWords;
  error?: string | undefined;
}

interface ContactFieldWords {
  label: string;
  placeholder: string;
  hint: string;
  nothing: string;
  clear: (name: string) => string;
}

/** A customer who is known, found by whatever is known of them. */
export function ContactField({ http, chosen, onChoose, words, error }: ContactFieldProps) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Contact[] | null>(null);
  useEffect(() => {
    const q = typed.trim();
    if (q === '') {
      setFound(null);
      return undefined;
    }
    let isOver = false;
    const timer = setTimeout(async () => {
      const reply = await http.get<{ items: Contact[] }>('/contacts', { q, limit: FOUND_MAX });
      if (!isOver && reply.ok) setFound(reply.data.items);
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [http, typed]);

  if (chosen) {
    return (
      <div class={styles.chosen}>
        <span class={styles.label}>{words.label}</span>
        <span class={styles.chosenLine}>
          <OneLine class={styles.strong} text={contactName(chosen)} />
          <IconButton icon="x" label={words.clear(contactName(chosen))} onClick={() => onChoose(null)} />
        </span>
      </div>
    );
  }
  return (
    <div class={styles.finder}>
      <TextField
        type="search"
        label={words.label}
        placeholder={words.placeholder}
        hint={words.hint}
        error={error}
        autoComplete="off"
        value={typed}
        onInput={setTyped}
      />
      <p class={styles.soft} role="status">
        {found?.length === 0 && words.nothing}
      </p>
      {found && found.length > 0 && (
        <ul class={styles.found}>
          {found.map((contact) => (
            <li key={contact.id}>
              <Button
                look="quiet"
                onClick={() => {
                  onChoose({ id: contact.id, name: contact.name });
                  setTyped('');
                }}
              >
                <bdi>{contactName(contact)}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

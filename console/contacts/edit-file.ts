/** What an agent changes in a file, one thing at a time, with what was seen there, so that nobody's change is overwritten unseen. */
import type { ComponentChildren } from 'preact';
import type { Contact, ContactPatch } from '../../shared/contact.ts';
import type { FieldValue } from '../../shared/custom-fields.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';

export interface FileEdits {
  http: Http;
  contact: Contact;
  /** Null where it was kept; otherwise a sentence why not. */
  patch: (change: Omit<ContactPatch, 'was'>, invalid?: string) => Promise<ComponentChildren>;
  setValue: (key: string, value: FieldValue | null, invalid: string) => Promise<ComponentChildren>;
  /** Another route of the file, which replies with the whole file. */
  send: (reply: Promise<Reply<Contact>>, invalid?: string) => Promise<ComponentChildren>;
}

interface EditingParts {
  http: Http;
  contact: Contact;
  onChanged: (contact: Contact) => void;
  explain: (error: ErrorReply, invalid: string | undefined) => ComponentChildren;
}

export function editFile({ http, contact, onChanged, explain }: EditingParts): FileEdits {
  const at = `/contacts/${contact.id}`;
  const send: FileEdits['send'] = async (asked, invalid) => {
    const reply = await asked;
    if (reply.ok) {
      onChanged(reply.data);
      return null;
    }
    // The next try is made of what stands there by now.
    if (reply.error.code === 'stale' || reply.error.code === 'conflict') {
      const fresh = await http.get<Contact>(at);
      if (fresh.ok) onChanged(fresh.data);
    }
    return explain(reply.error, invalid);
  };
  return {
    http,
    contact,
    send,
    patch: (change, invalid) => send(http.patch<Contact>(at, { ...change, was: seenIn(contact, change) }), invalid),
    setValue: (key, value, invalid) =>
      send(http.patch<Contact>(at, { values: { [key]: value }, was: { values: { [key]: contact.values[key] ?? null } } }), invalid),
  };
}

const compared = ['name', 'company', 'companyId', 'ownerId', 'tags', 'lifecycle', 'locale'] as const;

function seenIn(contact: Contact, change: ContactPatch): ContactPatch['was'] {
  return Object.fromEntries(compared.filter((key) => key in change).map((key) => [key, contact[key]]));
}

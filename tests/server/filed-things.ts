/** One of everything that can stand in a customer file: how it is made there, changed, and put into another file by hand. */
import { nanoid } from 'nanoid';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { House } from '../helpers/house.ts';
import { pdf } from '../helpers/sample-files.ts';

export interface Made {
  house: House;
  pipelineId: string;
  /** The file in which it is to stand. */
  contactId: string;
  /** That nothing else says. */
  words: string;
}

interface Thing {
  make: (made: Made) => Promise<string>;
  edit: (house: House, id: string, words: string) => Promise<void>;
  /** Whose it is can be changed by hand. */
  give?: (house: House, id: string, contactId: string) => Promise<void>;
}

type Versioned = { id: string; version: number };

async function post(house: House, path: string, body: object): Promise<string> {
  const id = nanoid();
  await house.json('POST', `/api/${path}`, { id, ...body });
  return id;
}

async function patch(house: House, path: string, body: object): Promise<void> {
  const { version } = await house.json<Versioned>('GET', `/api/${path}`);
  await house.json('PATCH', `/api/${path}`, { version, ...body });
}

async function makeDocument({ house, contactId, words }: Made): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(pdf)]), `${words}.pdf`);
  const headers = { 'X-Kesher': '1', cookie: house.cookie };
  const uploaded = await fetch(`${house.url}/api/attachments`, { method: 'POST', headers, body: form });
  const { id: fileId } = (await uploaded.json()) as UploadedFile;
  return post(house, 'documents', { entity: 'contact', entityId: contactId, fileId });
}

/** Each in its turn, so that sums change in both directions. */
const statuses = ['refunded', 'paid', 'cancelled'];
let turns = 0;

export const things = {
  purchase: {
    make: ({ house, contactId, words }) =>
      post(house, 'purchases', { contactId, currency: 'ILS', at: Date.now(), note: words, total: 100 + (turns++ % 7) }),
    edit: (house, id, words) =>
      patch(house, `purchases/${id}`, { note: words, total: 50 + (turns++ % 9), status: statuses[turns % statuses.length] }),
  },
  opportunity: {
    make: ({ house, pipelineId, contactId, words }) => post(house, 'opportunities', { pipelineId, contactId, name: words, amount: 500 }),
    edit: (house, id, words) => patch(house, `opportunities/${id}`, { name: words }),
    give: (house, id, contactId) => patch(house, `opportunities/${id}`, { contactId }),
  },
  ticket: {
    make: ({ house, contactId, words }) => post(house, 'tickets', { contactId, subject: words, description: words }),
    edit: (house, id, words) => patch(house, `tickets/${id}`, { subject: words }),
    give: (house, id, contactId) => patch(house, `tickets/${id}`, { contactId }),
  },
  document: {
    make: makeDocument,
    edit: async (house, id, words) => {
      await house.json('PATCH', `/api/documents/${id}`, { name: words });
    },
  },
  activity: {
    make: ({ house, contactId, words }) => post(house, `contacts/${contactId}/activities`, { kind: 'note', text: words }),
    edit: async (house, id, words) => {
      await house.json('PATCH', `/api/activities/${id}`, { text: words });
    },
  },
  consent: {
    make: ({ house, contactId, words }) =>
      post(house, `contacts/${contactId}/consents`, { kind: 'email', isGiven: true, text: words, how: 'phone' }),
    // Records of consent stay as they are: whoever says otherwise makes another one.
    edit: async () => undefined,
  },
  task: {
    make: ({ house, contactId, words }) => post(house, 'tasks', { kind: 'task', contactId, title: words }),
    edit: async (house, id, words) => {
      await house.json('PATCH', `/api/tasks/${id}`, { note: words });
    },
    give: async (house, id, contactId) => {
      await house.json('PATCH', `/api/tasks/${id}`, { contactId });
    },
  },
} satisfies Record<string, Thing>;

export type ThingKind = keyof typeof things;
export const thingKinds = Object.keys(things) as ThingKind[];
/** What an erased person's file lets go of altogether; of the rest stays that there was something. */
export const goneWhenErased: ReadonlySet<string> = new Set<ThingKind>(['document', 'activity', 'consent']);

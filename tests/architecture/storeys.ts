/**
 * Who may import whom, from the lowest storey to the highest. A room imports itself, `shared/` and rooms on lower lines;
 * rooms on one line are strangers. A name with an extension is a file of the building, any other is a folder.
 * `null`: the whole building is one room.
 */
export const storeys: Record<string, readonly (readonly string[])[] | null> = {
  shared: null,
  widget: null,
  server: [
    ['storage'],
    ['secrets', 'transport'],
    ['config.ts'],
    ['app.ts'],
    ['access', 'words', 'matching'],
    ['grouping', 'fields'],
    ['contacts', 'agents', 'settings', 'hours', 'mail'],
    ['companies'],
    ['entrance', 'attachments'],
    ['notices'],
    ['canned'],
    ['conversations'],
    ['search', 'views', 'drafts'],
    ['answers', 'documents'],
    ['purchases'],
    [
      'routing',
      'sla',
      'bot',
      'advice',
      'questions',
      'tasks',
      'opportunities',
      'timeline',
      'merging',
      'customers',
      'surveys',
      'campaigns',
      'connectors',
      'webhooks',
      'reports',
      'transcripts',
      'macros',
      'tags',
    ],
    ['tickets'],
    ['privacy', 'floor', 'openapi'],
    ['server.ts'],
    ['main.ts', 'dev.ts'],
  ],
  console: [
    ['ui'],
    ['http.ts'],
    ['connection.ts', 'session-state.ts', 'texts'],
    ['canned', 'editing'],
    ['hours'],
    ['messages', 'inboxes', 'people', 'toolbox'],
    ['answers'],
    ['contacts', 'sign-in'],
    ['timeline'],
    ['documents', 'purchases'],
    ['companies', 'opportunities', 'tickets', 'customers', 'merging', 'fields'],
    ['questions'],
    ['routing'],
    ['sla'],
    ['settings'],
    ['tasks', 'notices'],
    ['conversations'],
    ['search', 'visitors', 'now', 'reports'],
    ['shell'],
    ['app.tsx'],
    ['main.tsx'],
  ],
};

/** The only file that may know the wires of rooms: it binds them to routes and sockets. */
export const tableOfContents = 'server/server.ts';

/** Folders that a room may have inside; building, room and file are the whole depth otherwise. */
export const innerFolders = new Set(['migrations', 'texts', 'components', 'demo', 'library']);

/** Names that each building has for the same thing, so that they are the exception to "unique in the whole tree". */
export const repeatedNames = new Set(['main', 'app', 'connection']);

export const emptyWords = new Set(
  'manager service helper helpers util utils common misc base data info handler handlers process do index'.split(' '),
);

interface PackageRule {
  packages: readonly string[];
  /** Files that may import them. */
  allowed: RegExp;
  /** Files that the rule is about. */
  among: RegExp;
  sentence: string;
}

export const packageRules: readonly PackageRule[] = [
  {
    packages: ['express', 'socket.io', 'ws'],
    among: /^server\//,
    allowed: /^server\/(transport\/|(server|main|dev)\.ts$)|-api\.ts$/,
    sentence: 'only transport, the wires (-api) and server.ts know Express and Socket.IO',
  },
  {
    packages: ['kysely'],
    among: /^server\//,
    allowed: /^server\/storage\/|-store\.ts$/,
    sentence: 'only storage and the stores (-store) know the query builder',
  },
  {
    packages: ['better-sqlite3', 'pg'],
    among: /^server\//,
    allowed: /^server\/storage\//,
    sentence: 'only storage knows the database drivers',
  },
  {
    packages: ['socket.io-client'],
    among: /^(widget|console)\/.*\.tsx$/,
    allowed: /^$/,
    sentence: 'components know state, not sockets',
  },
];

/** Where the console has a page, and what can be done at once: what the palette offers besides finds. */
import { wordsOf } from '../../shared/fold.ts';
import { type ReadyMadeView, viewNames } from '../conversations/list-views.ts';
import { viewPath } from '../conversations/paths.ts';
import { viewIcons } from '../conversations/view-icons.ts';
import type { SessionState } from '../session-state.ts';
import { inEveryLanguage, t } from '../texts/texts.ts';
import type { IconName } from '../ui/icon-drawings.ts';

export interface Place {
  key: string;
  label: string;
  icon: IconName;
  /** The keys that do the same. */
  keys?: readonly string[];
  /** A page to go to, or something to do here. */
  open: string | (() => void);
  /** The same words in the other languages: who thinks in one of them finds the place, too. */
  alsoCalled: readonly string[];
  /** Too many to be offered before somebody types. */
  isOnlySought?: boolean;
}

type PlaceKey =
  | `view.${ReadyMadeView}`
  | `settings.${'personal' | 'inbox' | 'answers' | 'hours' | 'business' | 'people' | 'teams' | 'routing' | 'roles' | 'canned' | 'macros' | 'tags' | 'security'}`
  | 'contacts.title'
  | 'nav.opportunities'
  | 'renewals.title'
  | 'settings.pipelines'
  | 'tasks.title'
  | 'nav.tickets'
  | 'visitors.title'
  | 'now.title'
  | 'questions.title'
  | 'deflection.title'
  | 'search.title';

export function listPlaces(session: SessionState): Place[] {
  const place = (key: PlaceKey, icon: IconName, open: string): Place => ({
    key,
    label: t(key),
    icon,
    open,
    alsoCalled: inEveryLanguage(key),
  });
  return [
    ...viewNames.map((name) => place(`view.${name}`, viewIcons[name], viewPath(name))),
    ...(session.may('contacts:view') ? [place('contacts.title', 'users', '/console/contacts')] : []),
    ...(session.may('tasks:view') ? [place('tasks.title', 'phone', '/console/tasks')] : []),
    ...(session.may('opportunities:view') ? [place('nav.opportunities', 'columns-3', '/console/opportunities')] : []),
    ...(session.may('purchases:view') ? [place('renewals.title', 'clock', '/console/contacts/renewals')] : []),
    ...(session.may('tickets:view') ? [place('nav.tickets', 'ticket', '/console/tickets')] : []),
    ...(session.may('visitors:view') ? [place('visitors.title', 'globe', '/console/visitors')] : []),
    ...(session.may('reports:view') ? [place('now.title', 'activity', '/console/now')] : []),
    ...(session.may('reports:view') ? [place('questions.title', 'circle-question-mark', '/console/questions')] : []),
    ...(session.may('reports:view') ? [place('deflection.title', 'bot', '/console/deflection')] : []),
    place('search.title', 'search', '/console/search'),
    place('settings.personal', 'user-round', '/console/settings/personal'),
    ...(session.may('settings:manage') ? [place('settings.inbox', 'code', '/console/settings/inbox')] : []),
    ...(session.may('answers:manage') ? [place('settings.answers', 'message-circle', '/console/settings/answers')] : []),
    ...(session.may('settings:manage') ? [place('settings.hours', 'clock', '/console/settings/hours')] : []),
    ...(session.may('settings:manage') ? [place('settings.business', 'building', '/console/settings/business')] : []),
    ...(session.may('agents:manage') ? [place('settings.people', 'users', '/console/settings/people')] : []),
    ...(session.may('teams:manage') ? [place('settings.teams', 'messages-square', '/console/settings/teams')] : []),
    ...(session.may('settings:manage') || session.may('agents:manage')
      ? [place('settings.routing', 'route', '/console/settings/routing')]
      : []),
    ...(session.may('crm:manage') ? [place('settings.pipelines', 'columns-3', '/console/settings/pipelines')] : []),
    ...(session.may('roles:manage') ? [place('settings.roles', 'lock', '/console/settings/roles')] : []),
    ...(session.may('conversations:reply') || session.may('canned:manage')
      ? [
          place('settings.canned', 'message-square-text', '/console/settings/canned'),
          place('settings.macros', 'zap', '/console/settings/macros'),
        ]
      : []),
    ...(session.may('tags:manage') ? [place('settings.tags', 'tags', '/console/settings/tags')] : []),
    place('settings.security', 'shield-check', '/console/settings/security'),
  ];
}

/** Those of which every word that was typed is a beginning. */
export function placesFor(places: readonly Place[], query: string): Place[] {
  const typed = wordsOf(query).map(({ word }) => word);
  if (typed.length === 0) return query.trim() === '' ? places.filter(({ isOnlySought }) => !isOnlySought) : [];
  return places.filter(({ label, alsoCalled }) => {
    const words = wordsOf([label, ...alsoCalled].join(' ')).map(({ word }) => word);
    return typed.every((one) => words.some((word) => word.startsWith(one)));
  });
}

import type { Reason } from '../../shared/routing.ts';
import type { AgentAtWork, Chat, Floor } from './floor.ts';

/** Where nobody has said what is spoken, "without Hebrew" would be said of everybody, and be wrong. */
export function tellsLanguages({ agents }: Floor): boolean {
  for (const { languages } of agents.values()) if (languages.size > 0) return true;
  return false;
}

export function languageOf({ language }: Chat, agent: AgentAtWork, hasLanguages: boolean): Reason[] {
  return language === null || !hasLanguages ? [] : [{ code: 'language', language, isSpoken: agent.languages.has(language) }];
}

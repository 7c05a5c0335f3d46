import type { ViewName } from './list-views.ts';

const ROOT = '/console/conversations';

export function viewPath(view: ViewName): string {
  return `${ROOT}?view=${encodeURIComponent(view)}`;
}

export function conversationPath(id: string, view: ViewName): string {
  return `${ROOT}/${id}?view=${encodeURIComponent(view)}`;
}

/** The address at which a visitor moves or cancels its call, without signing in: nobody else can guess it. */
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';

/** A path of this server. */
export function callbackLink(app: App, taskId: string): string {
  return `/callback/${taskId}/${app.secrets.sign(aboutOf(taskId))}`;
}

export function requireCallbackLink(app: App, taskId: string, signature: string): void {
  if (!app.secrets.isSigned(signature, aboutOf(taskId))) throw new AppError('not-found', 'There is nothing here.');
}

function aboutOf(taskId: string): string {
  return `callback:${taskId}`;
}

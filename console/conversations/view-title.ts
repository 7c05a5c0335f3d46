import { t } from '../texts/texts.ts';
import { isReadyMade, type ViewName } from './list-views.ts';
import type { ViewCatalogue } from './view-catalogue.ts';

export function viewTitle(views: ViewCatalogue, view: ViewName): string {
  if (isReadyMade(view)) return t(`view.${view}`);
  if (view.startsWith('~')) return t('views.filtered');
  const saved = views.find(view);
  return saved ? saved.name : views.saved.value ? t('views.gone') : t('state.loading');
}

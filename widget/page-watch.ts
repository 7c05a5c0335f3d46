import type { Page } from '../shared/contact.ts';

/** The page that the visitor looks at, as the agents are told. */
export function currentPage(): Page {
  return { url: location.href.slice(0, 2_048), title: document.title.slice(0, 300), referrer: document.referrer.slice(0, 2_048) };
}

/**
 * Calls `listener` after the page has changed its address without being loaded anew. The page's own history functions are
 * left alone: browsers without the Navigation API are asked now and then.
 */
export function onPageChange(listener: () => void): void {
  let url = location.href;
  const check = () => {
    if (location.href === url) return;
    url = location.href;
    listener();
  };
  const navigation = (window as Window & { navigation?: EventTarget }).navigation;
  if (navigation) navigation.addEventListener('navigatesuccess', check);
  else setInterval(check, 1_500);
  addEventListener('popstate', check);
}

/** Shows the number of unread messages in front of the page's title, whatever the page makes of the title meanwhile. */
export function createTitleCount(): (unread: number) => void {
  let prefix = '';
  return (unread) => {
    const title = prefix !== '' && document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title;
    prefix = unread > 0 ? `(${unread}) ` : '';
    if (document.title !== prefix + title) document.title = prefix + title;
  };
}

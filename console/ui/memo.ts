import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** Draws again only when `isSame` says that something that matters has changed. (Compat's would bring all of compat.) */
export function memo<Props extends object>(
  draw: FunctionComponent<Props>,
  isSame: (before: Props, after: Props) => boolean,
): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !isSame(this.props, next);
    }

    override render(): ComponentChild {
      return h(draw, this.props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}

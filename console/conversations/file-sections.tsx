import type { ComponentType, VNode } from 'preact';
import type { Permission } from '../../shared/agent.ts';
import type { FileSectionProps, SectionPlace } from '../contacts/file-section.ts';
import { fetchShelf } from '../texts/texts.ts';
import { late } from '../ui/late.tsx';

interface FileSection {
  key: string;
  /** Below unless said. */
  place?: SectionPlace;
  permission: Permission;
  /** Late (ui/late.tsx): what the first screen does not need comes when a file is looked at. */
  Section: ComponentType<FileSectionProps>;
}

/** What stands in a customer file under who it is, in this order: on its page and beside each chat. */
const sections: readonly FileSection[] = [
  {
    key: 'likeness',
    place: 'card',
    permission: 'contacts:view',
    Section: late(async () => {
      const [{ LikenessSection }] = await Promise.all([import('../merging/likeness-section.tsx'), fetchShelf('contacts')]);
      return LikenessSection;
    }),
  },
  {
    key: 'merging',
    permission: 'contacts:view',
    Section: late(async () => {
      const [{ MergeSection }] = await Promise.all([import('../merging/merge-section.tsx'), fetchShelf('contacts')]);
      return MergeSection;
    }),
  },
];

export function drawSections(props: FileSectionProps, asked: SectionPlace): VNode[] {
  return sections
    .filter(({ permission, place = 'below' }) => place === asked && props.may(permission))
    .map(({ key, Section }) => <Section key={`${key}-${props.contact.id}`} {...props} />);
}

import type { TextStyle } from './paper.js';

/** As on the page of HTML. */
export const colors = {
  ink: '#18212f',
  muted: '#5d6878',
  rule: '#d8dee6',
  standing: {
    open: { ink: '#0b5c8a', ground: '#f2f6fa' },
    paid: { ink: '#1d7a46', ground: '#f0f8f3' },
    overdue: { ink: '#b3261e', ground: '#fdf3f2' },
  },
} as const;

const style = (weight: TextStyle['weight'], sizePt: number, color: string = colors.ink): TextStyle => ({
  weight,
  sizePt,
  color,
});

export const styles = {
  title: style('bold', 24),
  name: style('bold', 12),
  standing: style('bold', 16),
  due: style('bold', 12),
  heading: style('bold', 8, colors.muted),
  column: style('bold', 8.5),
  body: style('regular', 9.5),
  muted: style('regular', 9.5, colors.muted),
  small: style('regular', 8, colors.muted),
  warning: style('regular', 9.5, colors.standing.overdue.ink),
};

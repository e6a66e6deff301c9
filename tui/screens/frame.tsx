/**
 * The whole window: header, screen or modal, work, news, footer.
 *
 * @module
 */

import { Box, Text } from "ink";
import type { ReactElement } from "react";
import { Footer } from "../parts/footer.tsx";
import { Header } from "../parts/header.tsx";
import { Line } from "../parts/line.tsx";
import { Rule } from "../parts/rule.tsx";
import { ThemeContext } from "../parts/theme_context.tsx";
import { toastLines } from "../parts/toast_lines.ts";
import { stripJobs, WorkStrip } from "../parts/work_strip.tsx";
import { bodyRows } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import type { Theme } from "../theme.ts";
import { Activity } from "./activity.tsx";
import { Backups } from "./backups.tsx";
import { Choose } from "./choose.tsx";
import { Dashboard } from "./dashboard.tsx";
import { Dialog } from "./dialogs.tsx";
import { Settings } from "./settings.tsx";
import { Statistics } from "./statistics.tsx";
import { Rescue } from "./rescue.tsx";
import { Restore } from "./restore.tsx";
import { Targets } from "./targets.tsx";
import { Retention } from "./retention.tsx";

/** Smaller windows show only a sentence. */
const LEAST = { columns: 40, rows: 10 };

/** Draws the window. */
export function Frame(
  { state, theme }: { readonly state: State; readonly theme: Theme },
): ReactElement {
  const { columns, rows } = state.size;
  if (columns < LEAST.columns || rows < LEAST.rows) {
    return <Text wrap="truncate">Make the window larger</Text>;
  }
  const shows = state.modal?.kind === "restore" || state.modal?.kind === "live";
  const strip = shows ? [] : stripJobs(state.jobs);
  const news = toastLines(state.toasts, state.size);
  const body = Math.max(1, bodyRows(state.size) - strip.length - news.length);
  return (
    <ThemeContext value={theme}>
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        <Header state={state} />
        <Rule width={columns} />
        <Box flexDirection="column" height={body} flexShrink={0} overflow="hidden">
          <Body state={state} rows={body} />
        </Box>
        {strip.length > 0 && <WorkStrip jobs={strip} width={columns} />}
        {news.map((spans, at) => <Line key={at} spans={spans} width={columns} />)}
        <Rule width={columns} />
        <Footer state={state} />
      </Box>
    </ThemeContext>
  );
}

function Body({ state, rows }: { readonly state: State; readonly rows: number }): ReactElement {
  const { modal } = state;
  if (modal?.kind === "restore") return <Restore state={state} modal={modal} rows={rows} />;
  if (modal?.kind === "rescue") return <Rescue state={state} modal={modal} rows={rows} />;
  if (modal !== undefined) return <Dialog state={state} modal={modal} rows={rows} />;
  switch (state.screen) {
    case "choose":
      return <Choose state={state} rows={rows} />;
    case "dashboard":
      return <Dashboard state={state} rows={rows} />;
    case "backups":
      return <Backups state={state} rows={rows} />;
    case "statistics":
      return <Statistics state={state} rows={rows} />;
    case "settings":
      return <Settings state={state} rows={rows} />;
    case "targets":
      return <Targets state={state} rows={rows} />;
    case "retention":
      return <Retention state={state} rows={rows} />;
    case "activity":
      return <Activity state={state} rows={rows} />;
  }
}

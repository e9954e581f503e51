import { setTimeout as delay } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { findChromium } from "../../testing/chromium.ts";

/** What a tail in a browser cost it. */
export interface BrowserUse {
  /** 0: none took 50 ms or more, from where on browsers count tasks as long. */
  readonly longestTaskMs: number;
  readonly longTasks: number;
  /** After garbage was collected. */
  readonly heapStartMb: number;
  readonly heapEndMb: number;
}

/** The page and its code are loaded, and the first rows are there. */
const REST_MS = 6_000;
const MB = 1e6;

/** Opens a page and watches it for a while. @throws Error when there is no Chromium to open it with. */
export async function watchInBrowser(url: string, seconds: number, signal: AbortSignal): Promise<BrowserUse> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { benchLongTasks: tasks });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ type: "longtask" });
    });
    const cdp = await page.context().newCDPSession(page);
    const heapMb = async () => {
      await cdp.send("HeapProfiler.collectGarbage");
      return (await cdp.send("Runtime.getHeapUsage")).usedSize / MB;
    };
    await page.goto(url);
    await delay(REST_MS, null, { signal });
    const heapStartMb = await heapMb();
    await page.evaluate("globalThis.benchLongTasks.length = 0");
    await delay(seconds * 1_000, null, { signal });
    const tasks = (await page.evaluate("globalThis.benchLongTasks")) as number[];
    return { longestTaskMs: Math.max(0, ...tasks), longTasks: tasks.length, heapStartMb, heapEndMb: await heapMb() };
  } finally {
    await browser.close();
  }
}

import { type Kernel, startKernel } from "../kernel/kernel.ts";

/** Texts as bytes, each held once and known by a number; 0 stands for no text. */
export interface TextPool {
  readonly kernel: Kernel;
  /** The number of a text; it is taken in when it is new. */
  add(bytes: Uint8Array): number;
  /** The number of a text given as a string. */
  addText(text: string): number;
  /** A text as a string; `undefined` for 0. */
  text(id: number): string | undefined;
  /** Forgets all texts. */
  clear(): void;
}

/** The pool of a kernel; of one of its own when none is given. */
export function createTextPool(kernel: Kernel = startKernel()): TextPool {
  const add = (bytes: Uint8Array): number => {
    const at = kernel.openScratch(bytes.length);
    kernel.bytes().set(bytes, at);
    return kernel.addText(at, bytes.length);
  };
  return {
    kernel,
    add,
    addText: (text) => add(Buffer.from(text)),
    text: (id) => {
      if (id === 0) return undefined;
      const from = kernel.textPlace(id);
      const bytes = kernel.bytes();
      const view = Buffer.from(bytes.buffer, from, kernel.textLength(id));
      return view.toString("utf8");
    },
    clear: () => kernel.clearPool(),
  };
}

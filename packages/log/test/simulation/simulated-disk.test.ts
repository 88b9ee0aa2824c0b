import { describe, expect, test } from "vitest";
import { type FileSystem, writeAll } from "../../src/files";
import { logErrorOf } from "../support";
import { Random } from "./random";
import { Scheduler } from "./scheduler";
import { SimulatedDisk, type SimulatedProcess } from "./simulated-disk";

const directory = "/disk";
const path = "/disk/file";
const still = { advance: () => {} };

class Machine {
  readonly scheduler: Scheduler;
  readonly disk: SimulatedDisk;
  files: SimulatedProcess;

  constructor(seed: number) {
    this.scheduler = new Scheduler(new Random(seed), still);
    this.disk = new SimulatedDisk(this.scheduler);
    this.disk.makeDirectory(directory);
    this.files = this.disk.boot();
  }

  /** Runs to its end what a process does with its files. */
  async run<T>(work: (files: FileSystem) => Promise<T>): Promise<T> {
    return await this.scheduler.settle(work(this.files));
  }

  reboot(): void {
    this.disk.cutPower();
    this.files = this.disk.boot();
  }

  /** What a file holds, undefined if there is none. */
  async content(name = path): Promise<string | undefined> {
    return await this.run(async (files) => {
      if (!(await files.list(directory)).some((entry) => `${directory}/${entry}` === name)) return undefined;
      const file = await files.open(name, "read");
      const bytes = new Uint8Array(await file.size());
      await file.readAt(bytes, 0);
      await file.close();
      return Buffer.from(bytes).toString("latin1");
    });
  }
}

function text(letter: string, length: number): Uint8Array {
  return new TextEncoder().encode(letter.repeat(length));
}

/** What the file holds after a power cut, over many seeds, for what `work` did before. */
async function outcomes(
  work: (files: FileSystem, machine: Machine) => Promise<void>,
  name = path,
): Promise<Set<string | undefined>> {
  const found = new Set<string | undefined>();
  for (let seed = 0; seed < 200; seed += 1) {
    const machine = new Machine(seed);
    await machine.run((files) => work(files, machine));
    machine.reboot();
    found.add(await machine.content(name));
  }
  return found;
}

async function createSynced(files: FileSystem, bytes: Uint8Array): Promise<void> {
  const file = await files.create(path);
  await writeAll(file, bytes, 0);
  await file.sync();
  await files.syncDirectory(directory);
}

describe("a power cut", () => {
  test("leaves what was synced, file and directory, alone", async () => {
    expect(await outcomes((files) => createSynced(files, text("a", 700)))).toEqual(
      new Set(["a".repeat(700)]),
    );
  });

  test("may take a write that was not synced, tear it at any byte, or leave space without data", async () => {
    const found = await outcomes(async (files) => {
      await createSynced(files, text("a", 10));
      await writeAll(await files.open(path, "write"), text("b", 10), 10);
    });
    expect(found).toContain("a".repeat(10));
    expect(found).toContain("a".repeat(10) + "b".repeat(10));
    expect(found).toContain(`${"a".repeat(10)}bbb`);
    expect(found).toContain("a".repeat(10) + "\0".repeat(10));
    for (const content of found) expect(content).toMatch(/^a{10}b*\0*$/);
  });

  test("may keep later sectors and lose earlier ones, each whole", async () => {
    const found = await outcomes(async (files) => {
      await createSynced(files, new Uint8Array(0));
      await writeAll(await files.open(path, "write"), text("b", 1536), 0);
    });
    expect(found).toContain("\0".repeat(512) + "b".repeat(1024));
    expect(found).toContain(`${"b".repeat(512)}${"\0".repeat(512)}${"b".repeat(512)}`);
  });

  test("may leave a sector in a state between two writes", async () => {
    const found = await outcomes(async (files) => {
      await createSynced(files, new Uint8Array(0));
      const file = await files.open(path, "write");
      await writeAll(file, text("a", 300), 0);
      await writeAll(file, text("b", 724), 300);
    });
    expect(found).toContain("a".repeat(300) + "\0".repeat(212) + "b".repeat(512));
  });

  test("may take back, or keep, a truncation that was not synced", async () => {
    const found = await outcomes(async (files) => {
      await createSynced(files, text("a", 700));
      await (await files.open(path, "write")).truncate(100);
    });
    expect(found).toContain("a".repeat(700));
    expect(found).toContain("a".repeat(100));
  });

  test("may take a file whose directory was not synced, however well the file was", async () => {
    const found = await outcomes(async (files) => {
      const file = await files.create(path);
      await writeAll(file, text("a", 9), 0);
      await file.sync();
    });
    expect(found).toEqual(new Set([undefined, "a".repeat(9)]));
  });

  test("may leave a file that was renamed, but never synced, without its content", async () => {
    const found = await outcomes(async (files) => {
      await writeAll(await files.create(`${path}.tmp`), text("a", 9), 0);
      await files.rename(`${path}.tmp`, path);
      await files.syncDirectory(directory);
    });
    expect(found).toContain("");
    expect(found).toContain("a".repeat(9));
    expect(found).not.toContain(undefined);
  });

  test("finds a rename done or not done", async () => {
    const found = await outcomes(async (files) => {
      await createSynced(files, text("o", 3));
      const file = await files.create(`${path}.tmp`);
      await writeAll(file, text("n", 3), 0);
      await file.sync();
      await files.rename(`${path}.tmp`, path);
    });
    expect(found).toEqual(new Set(["ooo", "nnn"]));
  });

  test("may keep a removal and lose a rename that came before it", async () => {
    const found = new Set<boolean>();
    for (let seed = 0; seed < 200; seed += 1) {
      const machine = new Machine(seed);
      await machine.run(async (files) => {
        await createSynced(files, text("o", 3));
        await files.create(`${path}.tmp`);
        await files.syncDirectory(directory);
        await files.rename(`${path}.tmp`, `${path}.new`);
        await files.remove(path);
      });
      machine.reboot();
      const names = await machine.run((files) => files.list(directory));
      found.add(names.includes("file") || names.includes("file.new"));
    }
    expect(found).toEqual(new Set([true, false]));
  });

  test("interrupts what is under way", async () => {
    const found = await outcomes(async (files) => {
      await createSynced(files, text("a", 4));
      const file = await files.open(path, "write");
      file.writeAt(text("b", 4), 4).catch(() => {});
    });
    expect(found).toContain("aaaa");
    expect(found).toContain("aaaabbbb");
  });
});

test("a killed process leaves what it wrote with the operating system", async () => {
  const machine = new Machine(1);
  await machine.run(async (files) => {
    await writeAll(await files.create(path), text("a", 2000), 0);
  });
  machine.disk.kill();
  machine.files = machine.disk.boot();
  expect(await machine.content()).toBe("a".repeat(2000));
});

test("after a sync that failed, a later one does not bring back what was dropped", async () => {
  const found = await outcomes(async (files, { disk }) => {
    await createSynced(files, text("a", 4));
    const file = await files.open(path, "write");
    await writeAll(file, text("b", 4), 4);
    disk.faults.syncFails = 1;
    await expect(file.sync()).rejects.toMatchObject({ code: "EIO" });
    disk.faults.syncFails = 0;
    await file.sync();
  });
  expect(found).toContain("aaaa");
  expect(found).toContain("aaaabbbb");
});

test("a sync that lies does nothing", async () => {
  const found = await outcomes(async (files, { disk }) => {
    await createSynced(files, text("a", 4));
    disk.faults.syncLies = 1;
    const file = await files.open(path, "write");
    await writeAll(file, text("b", 4), 4);
    await file.sync();
  });
  expect(found).toContain("aaaa");
});

test("a full disk takes what fits, refuses the rest, and has space again after a removal", async () => {
  const machine = new Machine(1);
  await machine.run((files) => createSynced(files, text("a", 600)));
  machine.disk.faults.spaceBytes = 1000;
  await machine.run(async (files) => {
    const other = await files.create(`${path}2`);
    expect(await other.writeAt(text("b", 500), 0)).toBe(400);
    await expect(other.writeAt(text("b", 100), 400)).rejects.toMatchObject({ code: "ENOSPC" });
    await expect(files.create(`${path}3`)).rejects.toMatchObject({ code: "ENOSPC" });
    await files.remove(path);
    await writeAll(other, text("b", 100), 400);
  });
  expect(await machine.content(`${path}2`)).toBe("b".repeat(500));
});

test("writes may be short, and reads fail, when told to", async () => {
  const machine = new Machine(1);
  machine.disk.faults.writeShort = 1;
  await machine.run((files) => createSynced(files, text("a", 50)));
  expect(await machine.content()).toBe("a".repeat(50));
  machine.disk.faults.readFails = 1;
  await expect(machine.content()).rejects.toMatchObject({ code: "EIO" });
});

test("damage is there at once, and after a power cut", async () => {
  const machine = new Machine(1);
  await machine.run((files) => createSynced(files, text("a", 5)));
  machine.disk.file(path).damage(2, text("x", 1));
  expect(await machine.content()).toBe("aaxaa");
  machine.reboot();
  expect(await machine.content()).toBe("aaxaa");
});

test("catches bytes that change while they are being written", async () => {
  const machine = new Machine(1);
  await machine.run((files) => createSynced(files, text("a", 5)));
  const bytes = text("b", 5);
  const write = machine.run(async (files) => {
    const file = await files.open(path, "write");
    const writing = file.writeAt(bytes, 0);
    bytes[0] = 0;
    await writing;
  });
  await expect(write).rejects.toThrow("changed while being written");
});

test("misuse fails as it would: closed, read-only, missing and existing files", async () => {
  const machine = new Machine(1);
  await machine.run((files) => createSynced(files, text("a", 5)));
  await machine.run(async (files) => {
    const file = await files.open(path, "read");
    await expect(file.writeAt(text("b", 1), 0)).rejects.toMatchObject({ code: "EBADF" });
    await file.close();
    await expect(file.size()).rejects.toMatchObject({ code: "EBADF" });
    await expect(files.open("/disk/none", "read")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(files.create(path)).rejects.toMatchObject({ code: "EEXIST" });
  });
});

test("one holder of the lock at a time, until it is released or its process ends", async () => {
  const machine = new Machine(1);
  const lock = await machine.run((files) => files.lock(directory));
  expect((await logErrorOf(() => machine.run((files) => files.lock(directory)))).code).toBe("LOCKED");
  await lock.release();
  await machine.run((files) => files.lock(directory));
  machine.disk.kill();
  machine.files = machine.disk.boot();
  await machine.run((files) => files.lock(directory));
});

test("the seed decides in which order operations complete", async () => {
  const orderOf = async (seed: number) => {
    const machine = new Machine(seed);
    const order: number[] = [];
    await machine.run(async (files) => {
      const file = await files.create(path);
      const writes = [0, 1, 2, 3, 4].map((number) =>
        file.writeAt(text("a", 1), number).then(() => order.push(number)),
      );
      await Promise.all(writes);
    });
    return order.join();
  };
  const orders = await Promise.all([1, 2, 3, 4, 5, 6].map(orderOf));
  expect(new Set(orders).size).toBeGreaterThan(2);
  expect(await orderOf(3)).toBe(orders[2]);
});

test("says so when something waits for ever", async () => {
  await expect(new Machine(1).run(() => new Promise(() => {}))).rejects.toThrow("hangs");
});

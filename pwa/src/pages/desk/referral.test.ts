import { beforeEach, describe, expect, it, vi } from "vitest";

const choices = {
  to: [
    { id: "politie", name: "Politie", text: "", grounds: ["convenant", "zonder-naam"] },
    { id: "veilig-thuis", name: "Veilig Thuis", text: "", grounds: ["meldcode"] },
  ],
  grounds: [
    { id: "meldcode", name: "Stappen van de meldcode", text: "" },
    { id: "zonder-naam", name: "Zonder naam", text: "" },
    { id: "convenant", name: "Convenant", text: "" },
  ],
};

const asked = vi.fn();
vi.mock("./calls", () => ({ referralChoices: () => asked() }));

beforeEach(() => {
  vi.resetModules();
  asked.mockReset().mockResolvedValue(choices);
});

describe("whom the desk can bring in", () => {
  it("is asked once, and again after a failure", async () => {
    const { loadChoices } = await import("./referral");
    asked.mockRejectedValueOnce(new Error("no network"));
    await expect(loadChoices()).rejects.toThrow("no network");
    await loadChoices();
    expect(await loadChoices()).toEqual(choices);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("has a name, also when the choices are not there or no longer hold it", async () => {
    const { loadChoices, receiverName, groundName } = await import("./referral");
    expect(receiverName("veilig-thuis")).toBe("Veilig thuis");
    await loadChoices();
    expect(receiverName("veilig-thuis")).toBe("Veilig Thuis");
    expect(receiverName("oud-bureau")).toBe("Oud bureau");
    expect(receiverName(null)).toBe("Iemand");
    expect(groundName("zonder-naam")).toBe("Zonder naam");
  });

  it("only goes with the grounds that fit", async () => {
    const { groundsFor } = await import("./referral");
    const ids = groundsFor(choices, "politie").map(({ id }) => id);
    expect(ids).toEqual(["zonder-naam", "convenant"]);
    expect(groundsFor(choices, "")).toEqual([]);
  });
});

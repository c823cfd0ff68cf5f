import { describe, expect, it } from "vitest";
import { Flights } from "./flights.ts";

/** Rooms of three: places 0 to 2, 3 to 5. */
function threes() {
  const flights = new Flights(3);
  const delays: number[] = [];
  let landed = 0;
  flights.onDelivered = (delayMs) => delays.push(delayMs);
  flights.onAllLanded = () => landed++;
  return { flights, delays, landed: () => landed };
}

describe("what became of the sends", () => {
  it("lands a send when it was answered and every member has it, its author too", () => {
    const { flights, landed } = threes();
    flights.start(1, 4, 0);
    flights.seen(1, 3, 5);
    flights.seen(1, 5, 6);
    flights.answered(1);
    expect(landed()).toBe(0);
    flights.seen(1, 4, 7);
    expect(landed()).toBe(1);
    expect(flights.verdict()).toEqual({ sends: 1, deliveries: 3, missing: 0, twice: 0 });
  });

  it("times it from the moment that counts to the last of the others, not to its author", () => {
    const { flights, delays } = threes();
    flights.start(1, 0, 100);
    flights.seen(1, 0, 101);
    flights.seen(1, 1, 110);
    expect(delays).toEqual([]);
    flights.seen(1, 2, 130);
    expect(delays).toEqual([30]);
  });

  it("counts a second copy, also one that comes after all have landed", () => {
    const { flights } = threes();
    flights.start(1, 0, 0);
    for (const place of [0, 1, 2]) flights.seen(1, place, 1);
    flights.answered(1);
    flights.seen(1, 2, 9);
    expect(flights.verdict()).toMatchObject({ missing: 0, twice: 1 });
  });

  it("counts a copy that reaches another room, or that nobody sent in this run", () => {
    const { flights } = threes();
    flights.start(1, 0, 0);
    flights.seen(1, 3, 1);
    flights.seen(77, 0, 1);
    expect(flights.verdict()).toMatchObject({ deliveries: 0, twice: 2 });
  });

  it("counts what never came to one of them, though it was answered", () => {
    const { flights } = threes();
    flights.start(1, 0, 0);
    flights.answered(1);
    flights.seen(1, 0, 1);
    flights.seen(1, 1, 1);
    expect(flights.open).toBe(1);
    expect(flights.verdict()).toMatchObject({ deliveries: 2, missing: 1, twice: 0 });
  });

  it("takes an answer once, and knows a frame that answers nothing", () => {
    const { flights } = threes();
    const answered: number[] = [];
    flights.onAnswered = (place) => answered.push(place);
    flights.start(1, 2, 0);
    expect([flights.answered(1), flights.answered(1), flights.answered(5)]).toEqual([true, true, false]);
    expect(answered).toEqual([2]);
  });
});

/** The cast: one set of people for the seed, the documentation and the screenshots. */
export const CAST = [
  { username: "ana", name: "Ana Reis", role: "admin", hue: 305, status: ["🥐", "At the bakery till nine"] },
  { username: "ben", name: "Ben Okafor", role: "member", hue: 30, status: ["", ""] },
  { username: "cleo", name: "Cleo Martin", role: "member", hue: 150, status: ["🎧", "Mixing"] },
  { username: "dana", name: "Dana Lind", role: "member", hue: 230, status: ["📮", "On the round until ten"] },
  { username: "robin", name: "Robin Hale", role: "member", hue: 85, status: ["", ""] },
] as const;

export type CastName = (typeof CAST)[number]["username"];

/** Everybody's, in a seeded database only. */
export const CAST_PASSWORD = "good morning lantern";

/**
 * What they say: a small radio station in the week before it goes on air. A line is "who: words"; an empty line is a pause
 * of an hour or two, `---` the next day. "> who: words" answers in the thread of what was said before, "^ who: words" quotes
 * it, "+ emoji who who" reacts to it, "! who" pins it.
 */
export const LOBBY = `
ana: Welcome, everybody. This is where we are all in one room.
ana: The kettle is on the left, the fuse box on the right.
ana: Please do not confuse them again.
ben: That was one time.
cleo: It was two times and a birthday.
dana: Hello! I do the post round until ten, so before that I only read.

robin: Found a box of 1970s headphones in the attic.
robin: Do we want them?
cleo: Yes. All of them. Also the box.
ben: They are 600 ohm.
ben: They will need the old amplifier.
robin: The old amplifier is under the box.
ana: Then it is settled.
+ 🎧 cleo robin dana

dana: The bakery asks whether we are the people with the antenna.
ana: Tell them yes, and that we will read their opening hours on air if they keep the ends of the rye.
dana: They say done.
---
ana: Keys: there are four.
ana: I have one, Ben has one, the bakery has one for emergencies.
cleo: Who has the fourth?
ben: The fourth is in the studio.
cleo: The locked studio?
+ 😄 ana cleo dana robin
^ ben: It is very safe there.

robin: I am moving to the mainland next month.
robin: I will miss the creaking floor.
ana: The floor will miss you. Come and say goodbye on air.
dana: I will bring the letter you never collected.
robin: You kept it?
dana: It is addressed to you.

ben: Reminder that the lift is slow, not broken.
cleo: It played half of side B before I reached the second floor.
ana: That is a feature. We should say so on the website.
---
ana: One week to go.
ana: Whoever is free on Thursday: we hang the blankets in the corridor.
dana: I have eleven blankets. Nobody asked why.
cleo: Why?
dana: Somebody asked.

ben: The clock in the studio is four seconds fast, on purpose. Please do not set it right.
ana: On purpose?
ben: We speak when it says seven, and the transmitter needs three and a half.
cleo: That is the most honest clock I know.

dana: A listener already wrote. A postcard, no name: "Can you play something for people who start at four?"
ana: Yes. We can do that.
cleo: An hour, four to five, no talking before the first song.
cleo: I am awake anyway.
ana: Put it in the running order.
ana: Call it Before the gulls.
---
ana: Today is the day before.
ana: Eat something.
ana: I mean it, Ben.
ben: The mast is up and the rain is not.
dana: Everyone on my round has been told.
dana: Two of them twice, they like the story.
cleo: I have changed the first song three times.
cleo: It is now the first one again.
ana: Good. Go home. Tomorrow at six.
`;

export const ON_AIR = `
ana: This room is for the running order and whatever crackles.
cleo: First draft of the **running order**. Shout before noon if your name is in the wrong place.
! ana
cleo: | From | Show | Voice |
| --- | --- | --- |
| 07:00 | Bread and weather | Cleo |
| 08:00 | The harbour log | Dana |
| 09:30 | Ben fixes a radio | Ben |
| 11:00 | Requests, any language | everyone |
+ ☕ ana ben robin
+ 📻 ana ben
ben: Which radio do I fix?
cleo: Whichever one is broken by then.
ben: So there is a choice.

robin: I can do the jingle. I have a xylophone and no shame.
ana: Please.
robin: Take one was too happy. Take two was too sad. Take three had a ferry in it.
cleo: Keep the ferry.

ben: Levels: the new desk clips at minus six, whatever it says on the front.
ben: I have put tape over the lie.
---
ben: The guard is in.
ben: When the studio has been quiet for eight seconds, listeners hear the sea instead of nothing:
~~~ts
// Dead air: give them the sea.
studio.on("silence", async ({ seconds }) => {
  if (seconds < 8) return;
  await player.fadeTo("loops/harbour.flac", { over: 3 });
  log.warn("quiet for", seconds);
});
~~~
cleo: *Dead air: give them the sea.* Put this on a mug and I will buy six.
+ 🌊 ana ben robin
ana: Which sea?
ben: Harbour, low tide, recorded from the jetty.
ben: There is one gull. He is loud but he is in key.
ana: Credit the gull.

cleo: Could someone walk around town tomorrow with a small radio and write down where it crackles?
> ana: I will ask Dana in the lobby. She walks everywhere.
> ben: Perfect. Score each corner from **5**, clear, to **1**, sea.
> ana: First street, on foot:
- Lamp Street **5**
- Bakery corner **5**
- Under the bridge **2**, mostly pigeons
+ 🐦 ben cleo robin
> cleo: “Mostly pigeons” goes into the report.
> ben: @cleo come along tomorrow, you have the better ears.

robin: Handing over the xylophone before I leave. It lives in the third drawer.
ana: Thank you, Robin. The drawer is now the Robin drawer.
---
ben: The mast is up. We reach the ferry terminal, which is two kilometres further than the calculator promised.
cleo: Salt water carries. So does gossip.
ben: The calculator is here, for anyone who wants to argue with it: https://example.org/link-budget?height=18&power=25
ana: I argued with it. It won.

cleo: Poster for the ferry terminal, third go. The lantern is bigger now.
ana: Can it be bigger still?
cleo: Fourth go.
ben: From the water you can read it at 400 metres. I asked the tugboat.
cleo: What did the tugboat say?
ben: It said "Lantern FM, Saturday from seven", so it works.

ana: Someone has to say the very first line at 06:59. Only this: "Good morning, this is Lantern."
cleo: You, @ana.
ben: You.
+ 👍 cleo
ana: I would like it noted that nobody hesitated.
---
ben: Listening test at 16:00, every radio in the house on.
cleo: Kitchen fine, stairs fine, bathroom excellent.
ana: Why is the bathroom excellent?
ben: Tiles.

ben: The kettle microphone is not live.
ben: I checked twice.
cleo: It is live.
cleo: It is also very good.
ana: Leave it in for bread and weather.

cleo: @ana could you say the very first line at 06:59? Only this: “Good morning, this is Lantern.”
ana: Yes. I will be there at six, with rolls.
+ 🥐 ben cleo
ben: The mast is up. We reach the ferry terminal, which is 2 km further than the calculator promised.
+ 🎉 ana cleo
+ 🗼 cleo
cleo: I was going to write that.
ben: I know. I was nervous.
cleo: Everything is green.
ben: Go to sleep, both of you.
`;

export const GROUP = `
dana: Eleven blankets, washed. Where do they go?
ben: Corridor first, then the stairs.
ana: And one for the kettle.
dana: The kettle is not cold.
+ 🫖 ana ben
---
dana: I bring biscuits tomorrow, the kind that does not crackle.
ben: There is such a kind?
dana: Soft ones.
`;

export const DIRECT = `
cleo: Are you nervous?
ana: About the antenna, no. About the first sentence, very.
cleo: Say it to me once, now.
ana: Good morning, this is Lantern.
cleo: There. The hard part is over.
---
ana: Did you change the first song again?
cleo: Once more. And back.
`;

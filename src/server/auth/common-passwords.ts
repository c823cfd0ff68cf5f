/** Words and runs that head every published list of leaked passwords; trailing digits and signs are ignored when looked up. */
export const COMMON_PASSWORDS = new Set(
  `password passw0rd p@ssword p@ssw0rd pass letmein welcome admin administrator login master dragon monkey shadow sunshine
  princess football baseball basketball superman batman spiderman iloveyou trustno1 starwars whatever freedom michael jennifer
  jordan jessica charlie daniel thomas andrew joshua matthew robert hunter ranger buster soccer hockey killer george computer
  internet samsung google facebook changeme default guest secret qwerty qwertyuiop qazwsx qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t
  zaq12wsx asdfgh asdfghjkl zxcvbn zxcvbnm abc123 abcd1234 a1b2c3d4 12345678 123456789 1234567890 0123456789 11111111 00000000
  88888888 66666666 12341234 11223344 87654321 987654321 147258369 123123123 123321123 1234qwer qwer1234 password1 password12
  password123 welcome1 welcome123 admin123 letmein1 iloveyou1 sunshine1 princess1 football1 baseball1 michael1 superman1 monkey12
  summer winter spring autumn january february october november december monday friday liverpool chelsea arsenal barcelona
  pokemon naruto minecraft fortnite mustang corvette ferrari harley yamaha cowboys yankees lakers eagles steelers ginger pepper
  cheese chocolate cookie banana orange summer2024 summer2025 winter2025 hello hellohello helloworld test testtest test1234
  testing earshot`
    .split(/\s+/)
    .filter(Boolean),
);

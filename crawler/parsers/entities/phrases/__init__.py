"""How far a name reaches to the right of its head: the tails of names of bodies and of documents.

`Ministerium | für Bau der Republik Kasachstan`, `Ministry | of Industry and Construction`,
`Совета | по разведке, использованию и охране недр`. Every function takes the end of the head and
gives the end of the name; the same offset means: no tail. Each language has a module.
"""

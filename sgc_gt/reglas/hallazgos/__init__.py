"""Los hallazgos típicos de una auditoría, cada uno como una función pura de los hechos del servicio.

`hechos` es lo que se mira, `tabla` los treinta y siete, `evaluar` los resuelve en una fecha. Quien lee la
historia y los archivos es `consultas.hallazgos`.
"""

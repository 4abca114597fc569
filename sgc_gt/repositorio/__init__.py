"""El motor de registro: un repositorio git local donde cada movimiento es una confirmación de la historia.

Se importa por módulo (`from sgc_gt.repositorio.repositorio import Repositorio`): aquí no se carga nada, para
que una consulta no pague lo que no usa.
"""

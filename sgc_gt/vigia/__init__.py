"""Las carpetas conectadas: quien elabora guarda en Word, y lo guardado llega solo.

En el centro hay una función pura, `decision.decidir`: de lo que hay en el disco, lo que se recuerda, lo que
dice la historia y la hora, salen las acciones. Los avisos del sistema operativo solo despiertan; la verdad
sale de mirar la carpeta, y por eso reiniciar o perder un aviso no pierde nada.
"""
